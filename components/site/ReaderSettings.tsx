'use client';

import { useEffect, useState } from 'react';
import { chooseAppearance } from '@/components/site/appearance-choice';
import { DENSITIES, DENSITY_KEY, THEME_KEY, THEMES } from '@/lib/site/appearance';

/** The first value is the default: nothing is kept for it. */
const SETTINGS = [
  { key: THEME_KEY, legend: 'Theme', values: THEMES },
  { key: DENSITY_KEY, legend: 'Lists', values: DENSITIES },
] as const;

const NAMES: Record<string, string> = { titles: 'titles only' };

/** Theme and density of lists, kept in the browser alone. Hidden where there is no JavaScript. */
export function ReaderSettings() {
  const [chosen, setChosen] = useState<Record<string, string>>({});
  // After the first render, which must be the server's.
  useEffect(() => setChosen(Object.fromEntries(SETTINGS.map(({ key }) => [key, read(key)]))), []);

  return (
    <div className="flex flex-col gap-x-6 gap-y-1 noscript:hidden sm:flex-row">
      {SETTINGS.map(({ key, legend, values }) => (
        <fieldset key={key} className="flex flex-wrap items-center gap-x-3">
          <legend className="float-left me-3 font-semibold">{legend}</legend>
          {values.map((value) => (
            <label key={value} className="target gap-1.5">
              <input
                type="radio"
                name={key}
                value={value}
                checked={value === (chosen[key] || values[0])}
                onChange={() => {
                  setChosen({ ...chosen, [key]: value });
                  chooseAppearance(key, value === values[0] ? '' : value);
                }}
              />
              {NAMES[value] ?? value}
            </label>
          ))}
        </fieldset>
      ))}
    </div>
  );
}

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}
