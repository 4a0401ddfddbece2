import type { SendResult } from '@/lib/mail/send/mailer';

/** So many receiving domains in a row, and the fault is taken for ours. */
const DOMAINS_IN_A_ROW = 3;

/**
 * Tells a server that refuses one recipient's mail from a fault of ours: three different domains that
 * refuse it for the first time, and none that accepts between. A refusal comes sooner than an acceptance,
 * so with three of them those on the wire are waited for before the next one leaves.
 */
export class Refusals {
  /** With what each said. */
  private readonly domains = new Map<string, string>();
  private readonly held: (() => void)[] = [];
  private onWire = 0;

  /** @param onFault told what the last of them said; nothing leaves meanwhile */
  constructor(private readonly onFault: (said: string) => void) {}

  /**
   * Runs one sending; null where nothing was sent. Who refused this digest `before` says nothing new, and
   * retries come together.
   */
  async watch(
    { domain, refusals: before }: { domain: string; refusals: number },
    send: () => Promise<SendResult | null>,
  ): Promise<SendResult | null> {
    while (this.areInARow() && this.onWire > 0) {
      await new Promise<void>((resolve) => this.held.push(resolve));
    }
    this.onWire++;
    try {
      const result = await send();
      if (result?.status === 'sent') this.domains.clear();
      else if (result?.status === 'failed' && result.scope === 'policy' && before === 0) {
        const { code, enhanced, text } = result;
        this.domains.set(domain, [code, enhanced, text].filter(Boolean).join(' '));
      }
      return result;
    } finally {
      this.onWire--;
      if (this.areInARow() && this.onWire === 0) this.onFault([...this.domains.values()].at(-1)!);
      for (const go of this.held.splice(0)) go();
    }
  }

  private areInARow(): boolean {
    return this.domains.size >= DOMAINS_IN_A_ROW;
  }
}
