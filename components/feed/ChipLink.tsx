import type { ComponentProps } from 'react';
import type { FilterLink } from '@/lib/feed/chips';

/** A link to a feed with another filter. */
export function ChipLink({
  link: { href, nofollow },
  label,
  ...rest
}: { link: FilterLink; label?: string } & ComponentProps<'a'>) {
  return <a href={href} rel={nofollow ? 'nofollow' : undefined} aria-label={label} {...rest} />;
}
