import { AuthorPage, authorMetadata } from '@/app/authors/author-page';
import { decodeSegment } from '@/lib/http/segment';
import { doNotKeepPage } from '@/lib/http/web-process.mjs';

type Props = { params: Promise<{ name: string; cursor: string }> };

export const revalidate = 900;

export function generateStaticParams() {
  return [];
}

export async function generateMetadata({ params }: Props) {
  const { name, cursor } = await params;
  return authorMetadata(name, decodeSegment(cursor));
}

/** The further papers of an author. Their addresses are without number. */
export default async function Page({ params }: Props) {
  const { name, cursor } = await params;
  doNotKeepPage();
  return <AuthorPage segment={name} after={decodeSegment(cursor)} />;
}
