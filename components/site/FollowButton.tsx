'use client';

import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { hasSession } from '@/components/site/has-session';

/** What a page is about, so far as it can be followed. */
export interface FollowTarget {
  kind: 'tag' | 'author' | 'search' | 'category';
  value: string;
}

/**
 * Follows what the page is about, or shows that it is followed and takes it back; for whoever is not signed in,
 * `children` stand in its place. Pages of caches are the same for everybody, so the browser asks. Without scripts
 * there are both, and a page says what was done.
 */
export function FollowButton({
  target: { kind, value },
  label = 'Follow',
  className,
  children,
}: {
  target: FollowTarget;
  label?: string;
  className: string;
  children: ReactNode;
}) {
  const [isSignedIn, setSignedIn] = useState(false);
  const [isFollowed, setFollowed] = useState(false);
  // What was asked before a press says nothing any more.
  const isPressed = useRef(false);
  const target = `${kind}:${value}`;
  useEffect(() => {
    if (!hasSession()) return;
    setSignedIn(true);
    fetch(`/follows/state?${new URLSearchParams({ target })}`)
      .then(async (answer) => {
        const { followed } = await answer.json();
        if (answer.ok && !isPressed.current) setFollowed(followed);
      })
      .catch(() => {});
  }, [target]);

  const press = async (event: MouseEvent) => {
    if (!isSignedIn) return;
    event.preventDefault();
    isPressed.current = true;
    setFollowed(!isFollowed);
    const answer = await fetch('/follows/submit', {
      method: 'POST',
      // Who leaves the page at once has pressed it all the same.
      keepalive: true,
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ [isFollowed ? 'unfollow' : 'follow']: target }),
    }).catch(() => null);
    if (answer?.ok) return;
    setFollowed(isFollowed);
    // The page for it says why.
    if (answer) location.assign(answer.status === 401 ? '/sign-in' : '/follows?problem=full');
  };
  return (
    <>
      <button
        type="submit"
        // In the frame of every page.
        form="marks"
        formAction="/follows/submit"
        name={isFollowed ? 'unfollow' : 'follow'}
        value={target}
        aria-pressed={isFollowed}
        onClick={press}
        className={`${className} ${isSignedIn ? '' : 'hidden noscript:inline-flex'}`}
      >
        {isFollowed ? 'Following' : label}
      </button>
      {isSignedIn ? null : children}
    </>
  );
}
