'use client';

import { useEffect } from 'react';
import { hasSession } from '@/components/site/has-session';

/**
 * Shows which of the papers on a page the reader voted for, saved or dismissed, and takes presses of those buttons
 * without leaving the page. The buttons are `MarkButton`s; a pressed one takes back what it did.
 */
export function Marks() {
  useEffect(() => {
    const isSignedIn = hasSession();
    if (isSignedIn) void showAll();
    const onClick = (event: MouseEvent) => {
      const button = (event.target as Element).closest<HTMLButtonElement>('button[name="mark"]');
      if (!button || !isSignedIn) return;
      event.preventDefault();
      void press(button);
    };
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, []);
  return (
    <form id="marks" method="post" action="/marks/submit" hidden>
      <button type="submit">Send</button>
    </form>
  );
}

const buttonsOf = (paper: string, mark: string) =>
  document.querySelectorAll<HTMLButtonElement>(`button[name="mark"][value="${mark}:${paper}"]`);

async function showAll() {
  const buttons = document.querySelectorAll<HTMLButtonElement>('button[name="mark"]');
  const papers = [...new Set([...buttons].map(({ value }) => value.split(':')[1]!))];
  if (papers.length === 0) return;
  const answer = await fetch(`/marks/state?papers=${papers.join(',')}`).catch(() => null);
  if (!answer?.ok) return;
  const state: Record<string, string[]> = await answer.json();
  for (const [paper, marks] of Object.entries(state)) {
    for (const mark of marks) show(paper, mark, true);
  }
}

function show(paper: string, mark: string, isOn: boolean) {
  for (const button of buttonsOf(paper, mark)) {
    button.ariaPressed = String(isOn);
    const { on, off } = button.dataset;
    if (!on || !off || button.textContent === (isOn ? on : off)) continue;
    button.textContent = isOn ? on : off;
    // Its name begins with what it shows.
    const name = button.ariaLabel;
    if (name) button.ariaLabel = name.replace(isOn ? off : on, button.textContent);
  }
  if (mark === 'dismiss') showDismissed(paper, isOn);
  // A paper has one vote.
  if (isOn && mark === 'vote') show(paper, 'dismiss', false);
  if (isOn && mark === 'dismiss') show(paper, 'vote', false);
}

/** A row that is dismissed shrinks to a line that takes it back. */
function showDismissed(paper: string, isOn: boolean) {
  const row = document.getElementById(`paper-${paper}`);
  if (!row) return;
  row.querySelector('.dismissed')?.remove();
  row.toggleAttribute('data-dismissed', isOn);
  if (!isOn) return;
  const line = document.createElement('p');
  line.className = 'dismissed';
  const undo = document.createElement('button');
  Object.assign(undo, { type: 'button', name: 'mark', value: `dismiss:${paper}` });
  undo.className = 'link';
  undo.ariaPressed = 'true';
  undo.textContent = 'Undo';
  line.append('Not for you. ', undo);
  row.append(line);
}

/** The count beside the button, at once: the page's own comes with the next version of it. */
function addToCount(paper: string, by: number) {
  const count = document.querySelector(`#paper-${paper} .sig > b`)?.firstChild;
  if (!count) return;
  const before = count.textContent === '–' ? 0 : Number(count.textContent);
  if (Number.isInteger(before)) count.textContent = String(Math.max(0, before + by));
}

async function press(button: HTMLButtonElement) {
  const [mark, paper] = button.value.split(':') as [string, string];
  const isOn = button.ariaPressed === 'true';
  const hadFocus = document.activeElement === button;
  show(paper, mark, !isOn);
  if (mark === 'vote') addToCount(paper, isOn ? -1 : 1);
  if (hadFocus && mark === 'dismiss') {
    document.querySelector<HTMLElement>(`#paper-${paper} .dismissed button`)?.focus();
  }
  const answer = await fetch('/marks/submit', {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ mark: `${isOn ? 'un' : ''}${mark}:${paper}` }),
  }).catch(() => null);
  if (answer?.ok) return;
  show(paper, mark, isOn);
  if (mark === 'vote') addToCount(paper, isOn ? 1 : -1);
  if (answer?.status === 401) {
    location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  }
}
