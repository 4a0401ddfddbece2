import { Choice, TextField } from '@/components/ui/Field';
import { LONGEST_REASON } from '@/lib/admin/acts';

/** Why something is done: every act needs it. */
export function ReasonField({ id, isPublic = false }: { id: string; isPublic?: boolean }) {
  return (
    <TextField
      id={id}
      name="reason"
      label="Reason"
      hint={isPublic ? 'Anyone can read it in the public log.' : 'Kept in the log of admins.'}
      required
      minLength={3}
      maxLength={LONGEST_REASON}
      autoComplete="off"
    />
  );
}

/** The question before what cannot be undone. */
export function SureField({ label }: { label: string }) {
  return <Choice name="sure" value="yes" required label={label} />;
}
