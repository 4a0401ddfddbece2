'use client';

import '@/app/globals.css';

/** Stands in for the whole page where even its frame could not be made. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <title>Broadsheet: this page could not be made</title>
        <main className="mx-auto max-w-measure px-4 py-16">
          <h1 className="text-2xl">This page could not be made</h1>
          <p className="mt-2 text-base text-muted">
            Something went wrong on our side; nothing of yours is lost. It is often over in a
            minute.
          </p>
          <p className="mt-4 text-base">
            <a className="link" href="/">
              To the front page
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
