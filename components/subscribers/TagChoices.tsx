'use client';

import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Choice } from '@/components/ui/Field';

export interface TagChoice {
  slug: string;
  name: string;
  group: string;
}

/** Offered at once while typing. */
const OFFERED = 8;

/**
 * Tags to choose from: boxes by group, folded. With JavaScript they are found by typing; the boxes are
 * what the form sends.
 */
export function TagChoices({
  name,
  title,
  none,
  tags,
  chosen,
}: {
  name: string;
  title: string;
  none: string;
  tags: readonly TagChoice[];
  chosen: readonly string[];
}) {
  const [picked, setPicked] = useState(chosen);
  const [text, setText] = useState('');
  const [said, setSaid] = useState('');
  const root = useRef<HTMLFieldSetElement>(null);
  const find = useRef<HTMLInputElement>(null);
  const id = useId();

  const boxes = () => [
    ...(root.current?.querySelectorAll<HTMLInputElement>('input[type=checkbox]') ?? []),
  ];
  const read = () => setPicked(boxes().flatMap((box) => (box.checked ? [box.value] : [])));
  // A browser that comes back to the page ticks boxes by itself.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page is there
  useEffect(read, []);

  const set = (tag: TagChoice, checked: boolean) => {
    const box = boxes().find(({ value }) => value === tag.slug);
    if (box) box.checked = checked;
    read();
    setText('');
    setSaid(`${tag.name} ${checked ? 'added' : 'removed'}`);
    find.current?.focus();
  };
  const wanted = text.trim().toLowerCase();
  const fits = ({ slug, name }: TagChoice) =>
    name.toLowerCase().includes(wanted) || slug.includes(wanted.replace(/\s+/g, '-'));
  const offered = wanted
    ? tags.filter((tag) => !picked.includes(tag.slug) && fits(tag)).slice(0, OFFERED)
    : [];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setText('');
    if (event.key !== 'Enter') return;
    // It would send the form.
    event.preventDefault();
    if (offered[0]) set(offered[0], true);
  };

  const groups = [...new Set(tags.map(({ group }) => group))];
  return (
    <fieldset ref={root} className="grid gap-2" onChange={read}>
      <legend className="mb-1 font-semibold">{title}</legend>
      <ul className="flex flex-wrap gap-2" aria-label="Chosen">
        {picked.length === 0 && <li className="text-muted">{none}</li>}
        {tags
          .filter(({ slug }) => picked.includes(slug))
          .map((tag) => (
            <li
              key={tag.slug}
              className="inline-flex min-h-6 items-center border border-edge bg-wash ps-2 pe-2 text-sm"
            >
              {tag.name}
              <button
                type="button"
                aria-label={`Remove ${tag.name}`}
                className="target -me-2 cursor-pointer justify-center text-muted noscript:hidden hover:text-accent"
                onClick={() => set(tag, false)}
              >
                ×
              </button>
            </li>
          ))}
      </ul>
      <div className="noscript:hidden">
        <label htmlFor={id} className="sr-only">
          {title}: find a tag
        </label>
        <input
          ref={find}
          id={id}
          type="text"
          autoComplete="off"
          placeholder="Find a tag"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          className="block min-h-9 w-full border border-edge bg-page px-2.5 text-base text-ink placeholder:text-muted"
        />
        {wanted && (
          <ul className="border border-edge border-t-0">
            {offered.map((tag) => (
              <li key={tag.slug}>
                <button
                  type="button"
                  className="block min-h-8 w-full cursor-pointer px-2.5 text-start hover:bg-wash hover:text-accent"
                  onClick={() => set(tag, true)}
                >
                  {tag.name} <span className="text-muted">{tag.group}</span>
                </button>
              </li>
            ))}
            {offered.length === 0 && <li className="px-2.5 py-1.5 text-muted">No such tag</li>}
          </ul>
        )}
        <p role="status" className="sr-only">
          {wanted ? `${offered.length} ${offered.length === 1 ? 'tag' : 'tags'} found` : said}
        </p>
      </div>
      <details>
        <summary className="cursor-pointer py-0.5 text-muted">All {tags.length} tags</summary>
        {groups.map((group) => {
          const own = tags.filter((tag) => tag.group === group);
          const taken = own.filter(({ slug }) => picked.includes(slug)).length;
          return (
            <details
              key={group}
              open={own.some(({ slug }) => chosen.includes(slug))}
              className="border-t border-rule py-1"
            >
              <summary className="cursor-pointer text-muted">
                {group}
                {taken > 0 && ` (${taken})`}
              </summary>
              {/* biome-ignore lint/a11y/useSemanticElements: its legend is the summary above it */}
              <div role="group" className="mb-2 flex flex-wrap gap-x-5" aria-label={group}>
                {own.map((tag) => (
                  <Choice
                    key={tag.slug}
                    name={name}
                    value={tag.slug}
                    label={tag.name}
                    defaultChecked={chosen.includes(tag.slug)}
                  />
                ))}
              </div>
            </details>
          );
        })}
      </details>
    </fieldset>
  );
}
