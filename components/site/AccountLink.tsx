'use client';

import { useEffect, useState } from 'react';
import { hasSession } from '@/components/site/has-session';

/**
 * The way in, or to the account. Pages that a cache holds are the same for everybody, so the word changes in the
 * browser, by a cookie that says that there is a session and opens nothing. The address does for both.
 */
export function AccountLink() {
  const [isSignedIn, setSignedIn] = useState(false);
  // After the first render, which must be the server's.
  useEffect(() => setSignedIn(hasSession()), []);
  return <a href="/account">{isSignedIn ? 'Account' : 'Sign in'}</a>;
}
