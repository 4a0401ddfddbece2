'use client';

import { useEffect, useRef } from 'react';

/** All time zones; with `detect`, the browser's own is chosen once the page is there. */
export function TimezoneSelect({
  id,
  zones,
  value,
  detect = false,
}: {
  id: string;
  zones: readonly string[];
  value: string;
  detect?: boolean;
}) {
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (detect && select.current && zones.includes(own)) select.current.value = own;
  }, [detect, zones]);
  return (
    <select
      ref={select}
      id={id}
      name="timezone"
      defaultValue={value}
      className="block min-h-9 w-full border border-edge bg-page px-2.5 text-base text-ink"
    >
      {zones.map((zone) => (
        <option key={zone}>{zone}</option>
      ))}
    </select>
  );
}
