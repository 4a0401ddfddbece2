'use client';

import { usePathname } from 'next/navigation';
import { MainNav } from '@/components/site/MainNav';

/** The main navigation of the page that is shown. */
export function CurrentNav() {
  return <MainNav path={usePathname()} />;
}
