import type { ComponentProps } from 'react';
import type { Mark } from '@/lib/readers/mark';

/**
 * A button that votes, saves or says "not for me". It is the same for everybody, since caches keep the pages:
 * `Marks` shows in the browser what the reader said before. Without scripts it posts, and a page says what was done.
 */
export function MarkButton({
  mark,
  paperId,
  ...rest
}: { mark: Mark; paperId: number } & ComponentProps<'button'>) {
  return (
    <button
      type="submit"
      // In the frame of every page.
      form="marks"
      name="mark"
      value={`${mark}:${paperId}`}
      aria-pressed={false}
      {...rest}
    />
  );
}
