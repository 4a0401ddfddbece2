'use client';

import '@/app/globals.css';

/** Stands in for the whole page where even its frame could not be made. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <title>Broadsheet: something went wrong</title>
        <main className="mx-auto max-w-measure px-4 py-16">
          <h1 className="text-2xl">Something went wrong</h1>
          <p className="mt-2 text-base text-muted">
            The problem is on our side, and nothing of yours is lost. It often passes within a
            minute.
          </p>
          <p className="mt-4 text-base">
            <a className="link" href="/">
              Go to the front page
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
