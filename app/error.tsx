'use client';

import { Button } from '@/components/ui/Button';
import { PageHead } from '@/components/ui/PageHead';

/** A page that could not be made: says so, and offers to try again. */
export default function ErrorPage() {
  return (
    <PageHead title="This page could not be made">
      <p>
        Something went wrong on our side; nothing of yours is lost. It is often over in a minute.
      </p>
      <div className="mt-3">
        <Button type="button" onClick={() => location.reload()}>
          Try again
        </Button>
      </div>
    </PageHead>
  );
}
