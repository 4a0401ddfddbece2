'use client';

import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import type { Completion } from '@/lib/search/complete';

const KINDS = { tag: 'tag', author: 'author', title: 'paper' };
const PAUSE_MS = 150;

/**
 * A search field with completions: a combobox after the ARIA pattern, list below, arrow keys, Enter
 * and Escape. Without JavaScript it is a plain field of its form.
 */
export function SearchBox({ id, defaultValue = '' }: { id: string; defaultValue?: string }) {
  const [value, setValue] = useState(defaultValue);
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<Completion[]>([]);
  const [active, setActive] = useState(-1);
  const list = useId();

  useEffect(() => {
    if (typed.trim().length < 2) {
      setFound([]);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      // Completions are a courtesy: when they fail, the field works on.
      const answer = await fetch(`/api/v1/completions?q=${encodeURIComponent(typed)}`, {
        signal: abort.signal,
      }).catch(() => null);
      const body = answer?.ok ? await answer.json().catch(() => null) : null;
      if (abort.signal.aborted) return;
      setFound(body?.completions ?? []);
      setActive(-1);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [typed]);

  const close = () => {
    setTyped('');
    setFound([]);
    setActive(-1);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (found.length === 0) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      // One place more than there are options: the field itself.
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const places = found.length + 1;
      setActive(((active + 1 + step + places) % places) - 1);
    } else if (event.key === 'Enter' && found[active]) {
      event.preventDefault();
      location.assign(found[active].path);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
  };

  return (
    <div className="relative w-full min-w-0">
      <input
        id={id}
        name="q"
        type="search"
        value={value}
        placeholder="Words, authors, arXiv ids"
        autoComplete="off"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${list}-${active}` : undefined}
        className="search-input"
        onChange={(event) => {
          setValue(event.target.value);
          setTyped(event.target.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      <div
        id={list}
        role="listbox"
        aria-label="Completions"
        hidden={found.length === 0}
        className="completions"
      >
        {found.map(({ kind, text, path }, i) => (
          <a
            key={path}
            id={`${list}-${i}`}
            role="option"
            aria-selected={i === active}
            tabIndex={-1}
            href={path}
            // A click must not first take the focus away, which would close the list.
            onMouseDown={(event) => event.preventDefault()}
          >
            <span>{text}</span> <i>{KINDS[kind]}</i>
          </a>
        ))}
      </div>
      <p role="status" className="sr-only">
        {found.length > 0 && `${found.length} completions, use the arrow keys`}
      </p>
    </div>
  );
}
