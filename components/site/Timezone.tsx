'use client';

import { useEffect, useRef } from 'react';

/** Tells a form the browser's time zone, so that the first digest comes at the reader's own hour. */
export function Timezone() {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  }, []);
  return <input ref={input} type="hidden" name="timezone" defaultValue="" />;
}
