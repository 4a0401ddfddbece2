import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from './fixtures';

/** An address for each page of the site: those that need a link from a mail are asked without one. */
const ADDRESSES: Record<string, string[]> = {
  '(feed)/[[...view]]': ['/', '/new', '/tags/peft', '/without/peft/code/new'],
  about: ['/about'],
  'about/api': ['/about/api'],
  'about/feeds': ['/about/feeds'],
  'about/log': ['/about/log'],
  'about/privacy': ['/about/privacy'],
  'about/ranking': ['/about/ranking'],
  account: ['/account'],
  admin: ['/admin'],
  'admin/log': ['/admin/log'],
  'admin/papers': ['/admin/papers'],
  'admin/papers/[id]': ['/admin/papers/1'],
  'admin/rejected': ['/admin/rejected'],
  'admin/readers': ['/admin/readers'],
  'admin/readers/[id]': ['/admin/readers/1'],
  follows: ['/follows'],
  'for-you': ['/for-you'],
  'account/[task]': ['/account/export?token=x'],
  'authors/[name]': ['/authors/chelsea-finn'],
  'authors/[name]/after/[cursor]': ['/authors/chelsea-finn/after/none'],
  confirm: ['/confirm?token=x'],
  'confirm/address': ['/confirm/address?token=x'],
  digests: ['/digests'],
  'digests/[cadence]/[date]': [`/digests/daily/${new Date().toISOString().slice(0, 10)}`],
  'digests/issue': ['/digests/issue?token=x'],
  feedback: ['/feedback?token=x'],
  library: ['/library'],
  'library/[shelf]': ['/library/none'],
  'library/import': ['/library/import'],
  'library/papers/[id]': ['/library/papers/1'],
  'library/remove': ['/library/remove?paper=1'],
  marks: ['/marks?done=save:1'],
  outbox: ['/outbox'],
  'outbox/[name]': ['/outbox/none'],
  'papers/[id]': ['/papers/1'],
  preferences: ['/preferences?token=x'],
  'preferences/erased': ['/preferences/erased'],
  'preferences/preview': ['/preferences/preview?token=x'],
  'preferences/link-sent': ['/preferences/link-sent'],
  rising: ['/rising'],
  search: ['/search', '/search?q=lora'],
  'shelves/[token]': ['/shelves/x'],
  'sign-in': ['/sign-in'],
  'sign-in/confirm': ['/sign-in/confirm?token=x'],
  'sign-in/sent': ['/sign-in/sent'],
  status: ['/status'],
  subscribe: ['/subscribe'],
  'subscribe/sent': ['/subscribe/sent'],
  tags: ['/tags', '/tags?of=/new'],
  unavailable: ['/unavailable'],
  unsubscribe: ['/unsubscribe?token=x'],
};

const app = fileURLToPath(new URL('../../app', import.meta.url));
const routes = readdirSync(app, { recursive: true, encoding: 'utf8' })
  // What begins with @ is a part of other pages.
  .filter((file) => file.endsWith('/page.tsx') && !file.startsWith('@'))
  .map((file) => file.slice(0, -'/page.tsx'.length));

for (const route of routes) {
  test(`${route}: no error in the console, and scripts run`, async ({ page }) => {
    expect(ADDRESSES[route], 'a new page needs an address here').toBeDefined();
    for (const path of ADDRESSES[route] ?? []) {
      const errors: string[] = [];
      page.removeAllListeners();
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        // The answer's own status is no error of the page.
        if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) {
          errors.push(message.text());
        }
      });
      await page.goto(path, { waitUntil: 'networkidle' });
      expect(errors, path).toEqual([]);
      // The help opens only where the scripts were let run.
      await expect(async () => {
        await page.keyboard.press('?');
        await expect(page.getByRole('dialog'), path).toBeVisible({ timeout: 1_000 });
      }).toPass({ timeout: 20_000 });
    }
  });
}
