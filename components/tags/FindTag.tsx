'use client';

import { useState } from 'react';
import { narrowLines } from '@/components/ui/narrow-lines';

/** Finds tags by name: in the list of the same page while one types, without JavaScript by asking the server. */
export function FindTag({ list, text }: { list: string; text: string }) {
  const [said, setSaid] = useState('');
  const narrow = (typed: string) => {
    const left = narrowLines(document.getElementById(list)!, typed);
    setSaid(`${left} ${left === 1 ? 'tag' : 'tags'}`);
  };
  return (
    <search aria-label="Tags">
      <form action="/tags" className="one-line find-tag">
        <label htmlFor="find-tag" className="sr-only">
          Find a tag
        </label>
        <input
          id="find-tag"
          name="find"
          type="search"
          defaultValue={text}
          placeholder="Find a tag"
          autoComplete="off"
          onChange={(event) => narrow(event.target.value)}
        />
        <button type="submit">Find</button>
        <p role="status" className="sr-only">
          {said}
        </p>
      </form>
    </search>
  );
}
