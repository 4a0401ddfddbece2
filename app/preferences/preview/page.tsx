import type { Metadata } from 'next';
import { LinkProblem } from '@/components/subscribers/LinkProblem';
import { Notice } from '@/components/ui/Notice';
import { PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { preview } from '@/lib/digest/preview';
import { previewTools } from '@/lib/digest/tools';
import { first, type SearchParams } from '@/lib/http/search-params';
import { env } from '@/lib/runtime/env';
import { holderOf } from '@/lib/subscribers/link-holder';

export const metadata: Metadata = {
  title: 'Preview of your digest',
  robots: { index: false },
  referrer: 'same-origin',
};

/** The digest as it would be sent now, as a phone and as a desktop show it; changes nothing. */
export default async function PreviewPage({ searchParams }: { searchParams: SearchParams }) {
  const token = first((await searchParams).token);
  const now = new Date();
  const holder = await holderOf(getDb(), 'preferences', token, { secret: env().secret, now });
  if (!holder.ok) return <LinkProblem problem={holder.problem} />;
  const tools = { ...previewTools(getDb()), now };
  const shown = await preview(getDb(), holder.subscription, tools);
  const query = `?token=${encodeURIComponent(token)}`;
  const back = (
    <a className="link" href={`/preferences${query}`}>
      Back to your settings
    </a>
  );
  if ('nothing' in shown) {
    return (
      <>
        <PageHead title="Nothing would be sent now">{back}</PageHead>
        <Notice>{shown.nothing}</Notice>
      </>
    );
  }
  const mail = `/preferences/preview/mail${query}`;
  return (
    <>
      <PageHead title="Preview of your digest">
        What you would get if it were sent now. {back}
      </PageHead>
      <p className="mb-4 text-base">
        <b>{shown.subject}</b> <span className="text-muted">{shown.preheader}</span>
      </p>
      <div className="flex flex-wrap items-start gap-6">
        <Frame title="On a phone" src={mail} width="w-[375px] max-w-full" />
        <Frame title="On a desktop" src={mail} width="w-[700px]" />
      </div>
    </>
  );
}

function Frame({ title, src, width }: { title: string; src: string; width: string }) {
  return (
    <section className="max-w-full" aria-label={title}>
      <h2 className="mb-2 text-lg">{title}</h2>
      <div className="overflow-x-auto border border-edge">
        <iframe
          title={`Your digest, ${title.toLowerCase()}`}
          src={src}
          sandbox=""
          className={`h-[45rem] ${width}`}
        />
      </div>
    </section>
  );
}
