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
    subject: 'Your link to change your email address',
    asked: 'to change the email address of this subscription',
    label: 'Change email address',
  },
  export: {
    subject: 'Your link to download your data',
    asked: 'for a copy of everything we store about this address',
    label: 'Download my data',
  },
  erase: {
    subject: 'Your link to delete your data',
    asked: 'to delete everything we store about this address',
    label: 'Delete my data',
  },
} as const;

/** For what only the owner of the mailbox may do: one link for one task. */
export function ownerTaskMail({ site, task, url, validFor }: OwnerTaskProps): Promise<MailContent> {
  const { subject, asked, label } = WORDS[task];
  return renderTransactionalMail(site, {
    subject,
    heading: subject,
    before: [`Someone (hopefully you) asked ${asked}.`],
    action: { label, url },
    after: [
      `The link works for ${validFor}. If this wasn’t you, ignore this email and nothing happens. Please don’t forward it.`,
    ],
  });
}
