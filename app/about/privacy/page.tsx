import type { Metadata } from 'next';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { PageHead } from '@/components/ui/PageHead';

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
          what is new), stay in your browser. There are no tracking pixels and no counted links, on
          the pages or in the mails.
        </p>
        <h2>If you subscribe</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">What is kept</th>
              <th scope="col">Why</th>
              <th scope="col">How long</th>
            </tr>
          </thead>
          <tbody>
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
              <td>To be able to show that you asked for the mail</td>
              <td>As long as the subscription</td>
            </tr>
            <tr>
              <td>
                Which papers were mailed to you, when, the mail server’s answer, and whether the
                mail came back
              </td>
              <td>So that no paper comes twice, and lost mails can be found</td>
              <td>As long as the subscription</td>
            </tr>
            <tr>
              <td>
                A keyed hash of an address that was erased, bounced or complained, and why it was
                lifted
              </td>
              <td>So that it is never written to again</td>
              <td>
                Until the operator lifts it because you ask; the address cannot be read from it
              </td>
            </tr>
          </tbody>
        </table>
        <p>
          Leaving stops the mail at once. The links in a digest open your topics and your timetable;
          on the <a href="/preferences">preferences page</a> you can also ask for everything that is
          kept, have it erased, or move to another address. For each of these a link is mailed to
          you first, which works for an hour, so that nobody to whom you passed a digest on can do
          it. After erasing, only the hash in the last line remains. The people who run this site
          can do the same for you if you write to them.
        </p>
        <h2>If you sign in</h2>
        <p>
          There is no password: a link and a code come by mail, and work once, for 15 minutes. Kept
          are the browsers in which you are signed in (their name, when they were last used), your
          personal tokens, your votes, your library with its notes, and your interests. Only you see
          them: nobody else is shown who voted for or saved what, and “not for me” changes nothing
          but what you get. With a vote or a save stands a keyed hash of the network that it came
          from, so that many votes from one place count for little. Cookies: one for the session,
          one that tells pages that there is one, and one while you sign in. Where you sign in by an
          identity provider, we keep the number of your account there and, as long as the session
          lasts, what it signed for it. Your <a href="/account">account page</a> signs browsers out,
          revokes tokens, gives you everything as a zip file and deletes it.
        </p>
        <h2>Backups</h2>
        <p>
          The operator may keep backups of all of this. What you have deleted is in them until they
          are replaced: by default the newest of seven days and of four weeks are kept.
        </p>
        <h2>Everybody</h2>
        <p>
          To keep forms from being abused, how often they are used is counted by network address for
          two days. What the web server in front of this site writes into its own log is up to its
          operator.
        </p>
      </div>
      <SubscribeFoot />
    </>
  );
}
