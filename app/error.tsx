'use client';

import { Button } from '@/components/ui/Button';
import { PageHead } from '@/components/ui/PageHead';

/** A page that could not be made: says so, and offers to try again. */
export default function ErrorPage() {
  return (
    <PageHead title="Something went wrong">
      <p>
        The problem is on our side, and nothing of yours is lost. It often passes within a minute.
      </p>
      <div className="mt-3">
        <Button type="button" onClick={() => location.reload()}>
          Try again
        </Button>
      </div>
    </PageHead>
  );
}
