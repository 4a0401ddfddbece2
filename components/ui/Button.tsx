import type { ComponentProps } from 'react';

const base =
  'inline-flex min-h-9 cursor-pointer items-center justify-center px-3.5 text-sm font-semibold';
const looks = {
  main: 'bg-accent text-on-accent hover:underline underline-offset-3',
  plain: 'border border-edge bg-page text-ink hover:border-accent hover:text-accent',
};

/** The one main action of a form is `main`; all others are `plain`. */
export function Button({
  look = 'main',
  type = 'submit',
  className = '',
  ...rest
}: ComponentProps<'button'> & { look?: keyof typeof looks }) {
  return <button type={type} className={`${base} ${looks[look]} ${className}`} {...rest} />;
}
