import { DAY_MS } from '@/lib/calendar/days';
import { cookieOf } from './credentials';
import type { ProviderFlow } from './identity-provider';

/** The cookies of signing in. What opens something is out of the reach of scripts and of other sites. */

/** A session ends when it was not used for so long. */
export const SESSION_DAYS = 90;

const SESSION = 'session';
/** Says to the scripts of cached pages that there is a session, and opens nothing. */
const HINT = 'signed-in';
const BROWSER = 'sign-in';
const AWAY = 'at-provider';
const NEW_TOKEN = 'new-token';

interface Attributes {
  path: string;
  seconds: number;
  /** False of what scripts may read. */
  hidden?: boolean;
}

function cookie(
  name: string,
  value: string,
  { path, seconds, hidden = true }: Attributes,
  siteUrl: string,
): string {
  const secure = siteUrl.startsWith('https:') ? '; Secure' : '';
  const httpOnly = hidden ? '; HttpOnly' : '';
  return `${name}=${value}; Path=${path}; Max-Age=${seconds}; SameSite=Lax${httpOnly}${secure}`;
}

export const sessionKeyOf = (headers: Headers) => cookieOf(headers, SESSION);

/** Of a browser that is signed in from now on. It needs no request to sign in any more. */
export function signedInCookies(key: string, siteUrl: string): string[] {
  const seconds = (SESSION_DAYS * DAY_MS) / 1000;
  return [
    cookie(SESSION, key, { path: '/', seconds }, siteUrl),
    cookie(HINT, '1', { path: '/', seconds, hidden: false }, siteUrl),
    cookie(BROWSER, '', { path: '/sign-in', seconds: 0 }, siteUrl),
  ];
}

export function signedOutCookies(siteUrl: string): string[] {
  return [
    cookie(SESSION, '', { path: '/', seconds: 0 }, siteUrl),
    cookie(HINT, '', { path: '/', seconds: 0, hidden: false }, siteUrl),
  ];
}

/** What a browser that asks to sign in keeps: a random key, and where it goes on afterwards. */
export interface AskingBrowser {
  key: string;
  next: string;
}

export function askingCookie({ key, next }: AskingBrowser, siteUrl: string): string {
  const value = `${key}.${Buffer.from(next).toString('base64url')}`;
  return cookie(BROWSER, value, { path: '/sign-in', seconds: 900 }, siteUrl);
}

export function readAskingCookie(value: string | null | undefined): AskingBrowser | null {
  const [, key, next] = /^([\w-]{43})\.([\w-]*)$/.exec(value ?? '') ?? [];
  if (!key) return null;
  return { key, next: ownPath(Buffer.from(next!, 'base64url').toString()) };
}

export const askingBrowserOf = (headers: Headers) => readAskingCookie(cookieOf(headers, BROWSER));
export const ASKING_COOKIE = BROWSER;

/** What a browser keeps that went to the identity provider. `isSecond`: it was sent there once more. */
export interface AwayBrowser extends ProviderFlow {
  next: string;
  isSecond: boolean;
}

export function awayCookie({ next, isSecond, ...flow }: AwayBrowser, siteUrl: string): string {
  const { state, nonce, verifier } = flow;
  const value = [state, nonce, verifier, Buffer.from(next).toString('base64url'), +isSecond];
  return cookie(AWAY, value.join('.'), { path: '/sign-in', seconds: 900 }, siteUrl);
}

export const backCookie = (siteUrl: string) =>
  cookie(AWAY, '', { path: '/sign-in', seconds: 0 }, siteUrl);

export function awayBrowserOf(headers: Headers): AwayBrowser | null {
  const value = cookieOf(headers, AWAY) ?? '';
  const [, state, nonce, verifier, next, second] =
    /^([\w-]{43})\.([\w-]{43})\.([\w-]{43})\.([\w-]*)\.([01])$/.exec(value) ?? [];
  if (!state) return null;
  return {
    state,
    nonce: nonce!,
    verifier: verifier!,
    next: ownPath(Buffer.from(next!, 'base64url').toString()),
    isSecond: second === '1',
  };
}

/** A path of ours, or that of the account: nobody is sent on to another site. */
export function ownPath(path: string): string {
  return /^\/(?![/\\])[\x21-\x7e]{0,500}$/.test(path) && !path.includes('\\') ? path : '/account';
}

/** Carries a new token to the one page that shows it. */
export function newTokenCookie(token: string, siteUrl: string): string {
  return cookie(NEW_TOKEN, token, { path: '/account', seconds: 60 }, siteUrl);
}
export const NEW_TOKEN_COOKIE = NEW_TOKEN;
/** By which proxy.ts hands it to the page while it takes the cookie away. */
export const NEW_TOKEN_HEADER = 'x-new-token';
