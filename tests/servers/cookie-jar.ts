/** A browser without scripts that keeps cookies by site, and goes where answers lead. */
export class CookieJar {
  readonly #sites = new Map<string, Map<string, string>>();

  copy(): CookieJar {
    const copy = new CookieJar();
    for (const [site, cookies] of this.#sites) copy.#sites.set(site, new Map(cookies));
    return copy;
  }

  async ask(address: string, init: RequestInit = {}): Promise<Response> {
    // Cookies know no ports; the two sites of a test do, so that neither sees those of the other.
    const site = new URL(address).host;
    const cookies = this.#sites.get(site) ?? new Map<string, string>();
    this.#sites.set(site, cookies);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(address, {
      redirect: 'manual',
      ...init,
      headers: { ...(init.headers as Record<string, string>), ...(cookie && { cookie }) },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value, rest] = /^([^=]+)=([^;]*)(.*)$/.exec(line)!;
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(rest!)) cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    return answer;
  }

  /** Follows redirects and pages that lead on; gives the last address and page. */
  async follow(from: Response): Promise<{ at: string; page: string }> {
    let answer = from;
    for (let hops = 0; hops < 15; hops++) {
      const page = await answer.text();
      const next = nextOf(answer, page);
      if (!next) return { at: answer.url, page };
      answer = await this.ask(next);
    }
    throw new Error(`More than fifteen hops, the last one to ${answer.url}`);
  }

  /** Follows as far as an address that begins so, and gives it without asking for it. */
  async upTo(from: Response, start: string): Promise<string> {
    let answer = from;
    for (let hops = 0; hops < 15; hops++) {
      const next = nextOf(answer, await answer.text());
      if (!next) break;
      if (next.startsWith(start)) return next;
      answer = await this.ask(next);
    }
    throw new Error(`It led to ${answer.url} (${answer.status}), not to ${start}`);
  }
}

function nextOf(answer: Response, page: string): string | null {
  const [, refresh] = /<meta http-equiv="refresh" content="0; url=([^"]+)"/.exec(page) ?? [];
  const next = answer.headers.get('location') ?? refresh?.replaceAll('&amp;', '&');
  return next ? new URL(next, answer.url).href : null;
}
