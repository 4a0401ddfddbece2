'use client';

import { useEffect, useState } from 'react';
import { hasSession } from '@/components/site/has-session';
import { VISIT_MS } from '@/lib/readers/visit';

const KEY = 'broadsheet.visits';

/**
 * Says how many of the papers on this page are new since the reader's last visit, and marks them. Visits of
 * whoever is signed in are theirs, on all devices; other visits are kept in the browser and nowhere else. The
 * line is there from the start, so that nothing moves when it fills.
 */
export function SinceLastVisit() {
  const [news, setNews] = useState<{ count: number; all: boolean; since: Date; href: string }>();
  useEffect(() => {
    const show = (since: Date) => {
      const rows = [...document.querySelectorAll<HTMLElement>('[data-seen]')];
      const unread = rows.filter((row) => Number(row.dataset.seen) * 60_000 > since.getTime());
      for (const row of unread) row.dataset.unread = '';
      setNews({
        count: unread.length,
        all: unread.length === rows.length,
        since,
        href: unread[0]?.id ? `#${unread[0].id}` : '',
      });
    };
    void lastVisit().then((since) => since && show(since));
  }, []);
  const day = news?.since.toLocaleDateString('en-GB', { day: 'numeric', month: 'long' });
  return (
    <p className="since small noscript:hidden" aria-live="polite">
      {news?.count === 0 && `Nothing new on this page since your last visit on ${day}.`}
      {news && news.count > 0 && (
        <>
          <a className="link" href={news.href}>
            {news.all && news.count > 1 && 'All '}
            {news.count} {news.count === 1 ? 'paper' : 'papers'}
          </a>{' '}
          on this page {news.count === 1 ? 'is' : 'are'} new since your last visit on {day}.
        </>
      )}
    </p>
  );
}

/** Notes this visit with the reader, or else in the browser, and gives when the one before it was. */
async function lastVisit(): Promise<Date | null> {
  const here = rememberVisit(Date.now());
  if (!hasSession()) return here;
  const answer = await fetch('/visits/submit', { method: 'POST' }).catch(() => null);
  if (!answer?.ok) return here;
  const { since }: { since: string | null } = await answer.json();
  return since === null ? here : new Date(since);
}

/** Notes this visit in the browser and gives when the one before it was; null on the first, or without storage. */
function rememberVisit(now: number): Date | null {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    let { current = 0, previous = 0 } = stored ?? {};
    if (now - current > VISIT_MS) previous = current;
    current = now;
    localStorage.setItem(KEY, JSON.stringify({ current, previous }));
    return previous > 0 ? new Date(previous) : null;
  } catch {
    return null;
  }
}
