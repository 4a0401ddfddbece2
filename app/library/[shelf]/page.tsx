import type { Metadata } from 'next';
import { type SearchParams, toParams } from '@/lib/http/search-params';
import { LibraryPage } from '../library-page';

export const metadata: Metadata = {
  title: 'Shelf',
  robots: { index: false },
  referrer: 'same-origin',
};

export default async function Page({
  params,
  searchParams,
}: {
  params: Promise<{ shelf: string }>;
  searchParams: SearchParams;
}) {
  return <LibraryPage slug={(await params).shelf} params={toParams(await searchParams)} />;
}
