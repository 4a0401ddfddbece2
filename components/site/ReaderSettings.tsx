'use client';

import { useEffect, useRef } from 'react';
import { DENSITIES, DENSITY_KEY, THEME_KEY, THEMES } from '@/lib/site/appearance';

const SETTINGS = [
  { key: THEME_KEY, legend: 'Theme', values: THEMES },
  { key: DENSITY_KEY, legend: 'Lists', values: DENSITIES },
] as const;

/** Theme and density of lists, kept in the browser alone. Hidden where there is no JavaScript. */
export function ReaderSettings() {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    for (const { key, values } of SETTINGS) {
      const kept = read(key) ?? values[0];
      const input = root.current?.querySelector<HTMLInputElement>(`[name=${key}][value="${kept}"]`);
      if (input) input.checked = true;
    }
  }, []);

  return (
    <div ref={root} className="noscript:hidden flex flex-wrap gap-x-6 gap-y-1">
      {SETTINGS.map(({ key, legend, values }) => (
        <fieldset key={key} className="flex flex-wrap items-center gap-x-3">
          <legend className="float-left me-3 font-semibold">{legend}</legend>
          {values.map((value, index) => (
            <label key={value} className="target gap-1.5">
              <input
                type="radio"
                name={key}
                value={value}
                defaultChecked={index === 0}
                onChange={() => choose(key, value, values[0])}
              />
              {value}
            </label>
          ))}
        </fieldset>
      ))}
    </div>
  );
}

function choose(key: string, value: string, usual: string) {
  const { dataset } = document.documentElement;
  if (value === usual) delete dataset[key];
  else dataset[key] = value;
  try {
    if (value === usual) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage may be refused: the choice then lasts as long as the page.
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
