'use client';

import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { narrowLines } from '@/components/ui/narrow-lines';

/**
 * "+ tag": a link to the tag index of this filter, and here a panel with the same list, loaded when
 * it is opened. Typing narrows it, arrow keys move through it, Escape closes it.
 */
export function TagPanel({ href }: { href: string }) {
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState('');
  const plus = useRef<HTMLAnchorElement>(null);
  const find = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open) return;
    find.current?.focus();
    if (list.current?.firstChild) return;
    load(href).then(
      (groups) => list.current?.replaceChildren(groups),
      // The page itself says what is wrong, or works.
      () => location.assign(href),
    );
  }, [open, href]);

  const close = () => {
    setOpen(false);
    plus.current?.focus();
  };
  const toggle = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setOpen(!open);
  };
  const narrow = (text: string) => {
    const left = narrowLines(list.current!, text);
    setSaid(text.trim() && `${left} ${left === 1 ? 'tag' : 'tags'}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const links = [
        ...(list.current?.querySelectorAll<HTMLElement>('li:not([hidden]) .add') ?? []),
      ];
      const line = document.activeElement?.closest('li');
      const at = links.findIndex((link) => link.closest('li') === line);
      const to = at + (event.key === 'ArrowDown' ? 1 : -1);
      (links[to] ?? (to < 0 ? find.current : links[at]))?.focus();
    } else if (event.key === 'Enter' && event.target === find.current) {
      event.preventDefault();
      const first = list.current?.querySelector<HTMLElement>('li:not([hidden]) .add');
      if (find.current?.value.trim()) first?.click();
    }
  };

  return (
    <>
      <a
        ref={plus}
        className="plus"
        href={href}
        rel="nofollow"
        aria-expanded={open}
        onClick={toggle}
      >
        + tag
      </a>
      <section className="panel" hidden={!open} aria-label="Add a tag" onKeyDown={onKeyDown}>
        <div className="panel-head">
          <input
            ref={find}
            type="text"
            aria-label="Find a tag"
            placeholder="Find a tag"
            autoComplete="off"
            onChange={(event) => narrow(event.target.value)}
          />
          <p>
            Choose a tag to add it, or – to leave its papers out. Counts show what would remain.
          </p>
          <button type="button" className="close" onClick={close}>
            Close
          </button>
        </div>
        <p role="status" className="sr-only">
          {said}
        </p>
        <div ref={list} />
      </section>
    </>
  );
}

/** The list of the index, as it stands on its page. */
async function load(href: string): Promise<Node> {
  const answer = await fetch(href);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const groups = page.querySelector('.tag-index');
  if (!groups) throw new Error('no list');
  return document.adoptNode(groups);
}
