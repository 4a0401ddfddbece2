'use client';

import { useState } from 'react';

type State = 'ready' | 'copied' | 'failed';
const WORDS: Record<State, string> = { ready: 'Copy', copied: 'Copied', failed: 'Not copied' };

/** Copies the text at an address of this site. `label` says to screen readers what is copied. */
export function CopyButton({ href, label }: { href: string; label: string }) {
  const [state, setState] = useState<State>('ready');
  const copy = async () => {
    try {
      // A promise inside the item, because Safari forgets the click while the text is fetched.
      const text = fetch(href).then((answer) => {
        if (!answer.ok) throw new Error(`${answer.status}`);
        return answer.text();
      });
      const blob = text.then((plain) => new Blob([plain], { type: 'text/plain' }));
      await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
      setState('copied');
    } catch {
      setState('failed');
    }
  };
  return (
    <button
      type="button"
      onClick={copy}
      className="target cursor-pointer font-semibold text-accent hover:underline noscript:hidden"
    >
      <span aria-live="polite">{WORDS[state]}</span>
      <span className="sr-only"> {label}</span>
    </button>
  );
}
