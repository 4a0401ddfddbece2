import { getDb } from '@/lib/db/client';
import { sampleLoaded } from '@/lib/sources/sample';

/** One line while the sample is part of the catalogue: what it is, and the page that says how to go on. */
export async function SampleNotice() {
  const sample = await sampleLoaded(getDb());
  return (
    sample && (
      <p className="small notice">
        Sample: {sample.papers} papers of one trending page.{' '}
        <a className="link" href="/status#connect">
          Connect real sources
        </a>
      </p>
    )
  );
}
