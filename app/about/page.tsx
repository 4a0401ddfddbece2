import type { Metadata } from 'next';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { PageHead } from '@/components/ui/PageHead';

export const metadata: Metadata = {
  title: 'About',
  description: 'Where the papers come from, and how they are ranked and tagged.',
};

export default function About() {
  return (
    <>
      <PageHead title="About Broadsheet" />
      <div className="prose">
        <p>
          More papers come out each day than anyone can read. Broadsheet puts those that people pay
          attention to on one page, says why each is there, and emails them to anyone who asks.
        </p>
        <h2>Where papers come from</h2>
        <p>
          From arXiv, from daily lists that people vote on, and from lists that the operator of this
          site brings in. A paper that comes from several places is kept once. Titles and abstracts
          are the authors’; a summary that is not theirs says so. arXiv’s metadata is in the public
          domain; the papers themselves stay where their authors put them, and the links lead there.{' '}
          <a href="/status">Status</a> says when each source was last asked and what it answered.
        </p>
        <h2>How papers are ranked</h2>
        <p>
          By upvotes, from the lists that papers come from and from readers here, and by age.
          Comments, GitHub stars and citations are shown but do not count. Every paper’s page shows
          its numbers and their sum. <a href="/about/ranking">The formula and every change to it</a>{' '}
          are public. Nobody can pay for a place.
        </p>
        <h2>How papers are tagged</h2>
        <p>
          From a fixed list of <a href="/tags">tags</a>, each with a definition. A paper’s page
          shows the words in its title and abstract that each tag rests on. When somebody steps in,
          a <a href="/about/log">log</a> says what they did, and why.
        </p>
        <h2>Reading</h2>
        <p>
          <kbd>j</kbd> and <kbd>k</kbd> move from paper to paper, <kbd>o</kbd> opens one,{' '}
          <kbd>w</kbd> shows why it ranks here, <kbd>x</kbd> selects it in your library,{' '}
          <kbd>/</kbd> goes to the search box, and <kbd>?</kbd> lists the keys and turns them off.
          Choose the theme and how dense lists are at the foot of each page. Everything else works
          without JavaScript.
        </p>
        <h2>Taking it with you</h2>
        <p>
          Every list is a <a href="/about/feeds">feed</a>, there is an <a href="/about/api">API</a>,
          and each paper can be cited as BibTeX, RIS or CSL-JSON. Broadsheet is free software: run
          your own.
        </p>
      </div>
      <SubscribeFoot />
    </>
  );
}
