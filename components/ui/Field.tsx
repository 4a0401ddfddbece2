import type { ComponentProps, ReactNode } from 'react';

const control =
  'block min-h-9 w-full border border-edge bg-page px-2.5 text-base text-ink placeholder:text-muted aria-invalid:border-accent aria-invalid:border-2';

interface FieldProps {
  /** Of the control; the hint and the error get ids made from it. */
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
}

function Labelled({ id, label, hint, error, children }: FieldProps & { children: ReactNode }) {
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="font-semibold text-accent">
          {error}
        </p>
      )}
    </div>
  );
}

function description({ id, hint, error }: FieldProps) {
  const ids = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return { 'aria-describedby': ids || undefined, 'aria-invalid': error ? true : undefined };
}

/** A labelled one-line input. */
export function TextField({ label, hint, error, ...rest }: FieldProps & ComponentProps<'input'>) {
  const field = { id: rest.id, label, hint, error };
  return (
    <Labelled {...field}>
      <input className={control} {...description(field)} {...rest} />
    </Labelled>
  );
}

/** A labelled input of several lines. */
export function TextArea({ label, hint, error, ...rest }: FieldProps & ComponentProps<'textarea'>) {
  const field = { id: rest.id, label, hint, error };
  return (
    <Labelled {...field}>
      <textarea className={control} {...description(field)} {...rest} />
    </Labelled>
  );
}

/** Where somebody types an address for mail. */
export function EmailField(props: Omit<ComponentProps<typeof TextField>, 'name' | 'type'>) {
  return <TextField name="email" type="email" required autoComplete="email" {...props} />;
}

/** A labelled choice from a list; pass `<option>`s as children. */
export function SelectField({
  label,
  hint,
  error,
  ...rest
}: FieldProps & ComponentProps<'select'>) {
  const field = { id: rest.id, label, hint, error };
  return (
    <Labelled {...field}>
      <select className={control} {...description(field)} {...rest} />
    </Labelled>
  );
}

/** A checkbox or radio button with its label beside it, 24 px high at least. */
export function Choice({
  label,
  type = 'checkbox',
  ...rest
}: { label: ReactNode } & ComponentProps<'input'>) {
  return (
    <label className="target gap-2">
      <input type={type} className="size-4.5 shrink-0" {...rest} />
      <span>{label}</span>
    </label>
  );
}
