import { renderTransactionalMail } from './transactional';
import type { MailContent, MailSite } from './types';

interface OwnerTaskProps {
  site: MailSite;
  task: 'move' | 'export' | 'erase';
  /** A page that asks before it does anything. */
  url: string;
  /** How long the link holds, for example `an hour`. */
  validFor: string;
}

const WORDS = {
  move: {
    subject: 'Your link to change the address',
    asked: 'to have the digest sent to another address',
    label: 'Change the address',
  },
  export: {
    subject: 'Your link to what is kept about you',
    asked: 'for everything that is kept about this address',
    label: 'Download it',
  },
  erase: {
    subject: 'Your link to erase what is kept about you',
    asked: 'to have everything about this address erased',
    label: 'Erase it',
  },
} as const;

/** For what only the owner of the mailbox may do: one link for one task. */
export function ownerTaskMail({ site, task, url, validFor }: OwnerTaskProps): Promise<MailContent> {
  const { subject, asked, label } = WORDS[task];
  return renderTransactionalMail(site, {
    subject,
    heading: subject,
    before: [`Somebody, hopefully you, asked ${asked}.`],
    action: { label, url },
    after: [
      `The link works for ${validFor}. If it was not you, do nothing: then nothing happens. Do not pass this mail on.`,
    ],
  });
}
