import { inject } from 'vitest';
import { awaitMails } from './outbox';

/** A browser without scripts: it keeps cookies, and follows no redirects. */
export class Browser {
  readonly cookies = new Map<string, string>();

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(new URL(path, inject('server').url), {
      redirect: 'manual',
      ...init,
      headers: { ...(cookie && { cookie }), ...(init.headers as Record<string, string>) },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value, rest] = /^([^=]+)=([^;]*)(.*)$/.exec(line)!;
      if (/max-age=0/i.test(rest!)) this.cookies.delete(name!);
      else this.cookies.set(name!, value!);
    }
    return answer;
  }

  async page(path: string): Promise<string> {
    return (await this.ask(path)).text();
  }

  /** As a page of the site posts a form. */
  post(
    path: string,
    form: Record<string, string> | URLSearchParams,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const { url } = inject('server');
    return this.ask(path, {
      method: 'POST',
      headers: { origin: url, 'sec-fetch-site': 'same-origin', ...headers },
      body: new URLSearchParams(form),
    });
  }
}

/** Asks for a mail to sign in with; gives what it holds. */
export async function askToSignIn(browser: Browser, email: string, next = '', mails = 1) {
  await browser.post('/sign-in/submit', { email, ...(next && { next }) });
  const mail = (await awaitMails(inject('server').dataDir, email, mails)).at(-1)!;
  return {
    token: /\/sign-in\/confirm\?token=(\S+)/.exec(mail.text!)![1]!,
    code: /^Code: (\d{6})$/m.exec(mail.text!)![1]!,
  };
}

/** A browser in which the reader at the address is signed in. */
export async function signedIn(email: string, mails = 1): Promise<Browser> {
  const browser = new Browser();
  const { token } = await askToSignIn(browser, email, '', mails);
  await browser.post('/sign-in/confirm/submit', { token });
  return browser;
}
