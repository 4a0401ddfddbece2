'use client';

import { useEffect, useRef } from 'react';

const KEYS = [
  ['j', 'next paper'],
  ['k', 'previous paper'],
  ['o', 'open the paper'],
  ['w', 'why it ranks here'],
  ['x', 'select it, in your library'],
  ['/', 'search'],
  ['?', 'this help'],
] as const;

const OFF_KEY = 'shortcuts';

/** Single-key shortcuts for lists of papers, and the dialog that lists them and turns them off. */
export function Keyboard() {
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      if (event.key === '?') {
        event.preventDefault();
        dialog.current?.showModal();
        return;
      }
      if (dialog.current?.open || isOff()) return;
      if (act(event.key)) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  return (
    <dialog
      ref={dialog}
      aria-labelledby="keys-title"
      className="m-auto w-80 border border-ink bg-page p-5 text-ink backdrop:bg-ink/40"
    >
      <h2 id="keys-title" className="text-lg">
        Keyboard
      </h2>
      <dl className="my-3 grid grid-cols-[2.5rem_1fr] gap-y-1">
        {KEYS.map(([key, meaning]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="inline-block min-w-6 border border-edge px-1.5 text-center font-sans">
                {key}
              </kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog" className="flex items-center justify-between gap-4">
        <label className="target gap-2">
          <input
            type="checkbox"
            ref={(input) => {
              if (input) input.checked = !isOff();
            }}
            onChange={(event) => turn(event.target.checked)}
          />
          Use these keys
        </label>
        <button type="submit" className="target cursor-pointer font-semibold text-accent">
          Close
        </button>
      </form>
    </dialog>
  );
}

function act(key: string): boolean {
  const titles = [...document.querySelectorAll<HTMLAnchorElement>('.paper-title')];
  const focused = document.activeElement?.closest('.paper');
  const at = titles.findIndex((title) => title.closest('.paper') === focused);
  switch (key) {
    case 'j':
      return focus(titles[at + 1]);
    case 'k':
      return focus(at < 0 ? undefined : titles[at - 1]);
    case 'o':
      titles[at]?.click();
      return at >= 0;
    case 'w': {
      const why = focused?.querySelector<HTMLDetailsElement>('.why');
      if (why) why.open = !why.open;
      return Boolean(why);
    }
    case 'x': {
      const box = focused?.querySelector<HTMLInputElement>('input[name=paper]');
      box?.click();
      return Boolean(box);
    }
    case '/': {
      const search = document.querySelector<HTMLInputElement>('main [type=search], [type=search]');
      search?.select();
      return focus(search);
    }
    default:
      return false;
  }
}

function focus(element: HTMLElement | null | undefined): boolean {
  element?.focus();
  element?.closest('.paper')?.scrollIntoView({ block: 'nearest' });
  return Boolean(element);
}

/** A box that is ticked takes the space bar alone. */
const TYPED = 'input:not([type=checkbox]), textarea, select';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(TYPED) !== null;
}

function isOff(): boolean {
  try {
    return localStorage.getItem(OFF_KEY) === 'off';
  } catch {
    return false;
  }
}

function turn(on: boolean) {
  try {
    if (on) localStorage.removeItem(OFF_KEY);
    else localStorage.setItem(OFF_KEY, 'off');
  } catch {
    // Storage may be refused: the keys then stay as they were.
  }
}
