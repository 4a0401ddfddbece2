import { TextField } from '@/components/ui/Field';

/** Where the six digits of a sign-in mail are typed. */
export function CodeField({ error }: { error?: string | undefined }) {
  return (
    <TextField
      id="sign-in-code"
      name="code"
      label="Six-digit code"
      error={error}
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="\s*(?:\d\s*){6}"
      maxLength={12}
      required
    />
  );
}

export const WRONG_CODE = 'That isn’t the code from the newest email. After five tries it is void.';
