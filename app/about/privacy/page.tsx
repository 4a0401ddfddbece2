import type { Metadata } from 'next';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { PageHead } from '@/components/ui/PageHead';
import { Table } from '@/components/ui/Table';

export const metadata: Metadata = {
  title: 'Privacy',
  description: 'What is kept about readers, for how long, and how to take it back.',
};

export default function Privacy() {
  return (
    <>
      <PageHead title="Privacy" />
      <div className="prose">
        <p>
          Reading needs no account, sets no cookies unless you sign in, and loads nothing from other
          sites. Your theme, density and keyboard settings, and when you were last here (to mark
          what is new), stay in your browser. Neither the pages nor the emails have tracking pixels
          or counted links.
        </p>
        <h2>If you subscribe</h2>
        <Table columns={['What is kept', 'Why', 'How long']}>
          <tr>
            <td>Your address, and what you chose: days, hour, time zone, tags, searches</td>
            <td>To send you the digest</td>
            <td>Until you have it erased; 14 days if you never confirm</td>
          </tr>
          <tr>
            <td>
              When you asked, confirmed, changed something or left, with the words you saw, the
              network address and the browser’s name
            </td>
            <td>To show that you asked for the emails</td>
            <td>As long as the subscription</td>
          </tr>
          <tr>
            <td>
              Which papers were sent to you, when, the mail server’s answer, and whether the email
              bounced
            </td>
            <td>So that no paper comes twice, and lost emails can be traced</td>
            <td>As long as the subscription</td>
          </tr>
          <tr>
            <td>
              A keyed hash of an address that was erased, bounced or reported spam, and why that was
              lifted
            </td>
            <td>So that we never write to it again</td>
            <td>Until the operator lifts it because you ask; the address cannot be read from it</td>
          </tr>
        </Table>
        <p>
          Unsubscribing stops the emails at once. The links in a digest open your topics and your
          timetable; on the <a href="/preferences">preferences page</a> you can also ask for
          everything that is kept, have it erased, or move to another address. For each of these we
          first email you a link that works for an hour, so that nobody you forwarded a digest to
          can do it. After erasure, only the hash in the last row remains. The people who run this
          site can do the same for you if you write to them.
        </p>
        <h2>If you sign in</h2>
        <p>
          There is no password: a link and a code come by email, and work once, for 15 minutes. We
          keep the browsers that you are signed in with (their name, when they were last used), your
          personal tokens, your votes, your library with its notes, your interests, what you follow,
          and when you last looked at a list. Only you see them: nobody else is shown who voted for
          or saved what, and “not for me” changes only what you get. Each vote or save has a keyed
          hash of the network that it came from, so that many votes from one place count for little.
          There are three cookies: one for the session, one that tells pages that there is a
          session, and one while you sign in. If you sign in with an identity provider, we keep the
          number of your account there and, as long as the session lasts, what it signed for it. On
          your <a href="/account">account page</a> you can sign browsers out, revoke tokens,
          download everything as a zip file, and delete it.
        </p>
        <h2>Backups</h2>
        <p>
          The operator may keep backups of all of this. What you delete stays in them until they are
          replaced: by default, the newest of seven days and of four weeks are kept.
        </p>
        <h2>Everyone</h2>
        <p>
          To keep forms from being abused, we count for two days how often each network address uses
          them. What a web server in front of this site logs is up to its operator.
        </p>
      </div>
      <SubscribeFoot />
    </>
  );
}
