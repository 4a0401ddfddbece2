import { AuthorPage, authorMetadata } from '@/app/authors/author-page';

type Props = { params: Promise<{ name: string }> };

export const revalidate = 900;

/** None at build time: each page is made when first asked for, and kept. */
export function generateStaticParams() {
  return [];
}

export async function generateMetadata({ params }: Props) {
  return authorMetadata((await params).name, null);
}

export default async function Page({ params }: Props) {
  return <AuthorPage segment={(await params).name} after={null} />;
}
