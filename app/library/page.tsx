import type { Metadata } from 'next';
import { type SearchParams, toParams } from '@/lib/http/search-params';
import { LibraryPage } from './library-page';

export const metadata: Metadata = {
  title: 'Library',
  robots: { index: false },
  referrer: 'same-origin',
};

export default async function Page({ searchParams }: { searchParams: SearchParams }) {
  return <LibraryPage slug={null} params={toParams(await searchParams)} />;
}
