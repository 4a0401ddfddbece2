import type { Metadata } from 'next';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { PageHead } from '@/components/ui/PageHead';

export const metadata: Metadata = {
  title: 'About',
  description: 'Where the papers come from, how they are tagged and ranked, and what is not done.',
};

export default function About() {
  return (
    <>
      <PageHead title="About Broadsheet" />
      <div className="prose">
        <p>
          More papers come out each day than anyone can read. Broadsheet puts those that people pay
          attention to on one page, says why each of them is there, and sends them by email to those
          who ask.
        </p>
        <h2>Where papers come from</h2>
        <p>
          From arXiv, from daily lists that people vote on, and from lists that the operator of this
          site brings in. The same paper from several places is kept once. Titles and abstracts are
          the authors’; a summary that is not theirs is called a summary. arXiv’s metadata are in
          the public domain; papers themselves are read where their authors put them, and the links
          lead there. <a href="/status">Status</a> tells when each source was last asked and what it
          answered.
        </p>
        <h2>How papers are ranked</h2>
        <p>
          By what sources report (upvotes, comments, stars of their code, citations), each with a
          weight, and by age. Every paper’s page shows the numbers and their sum.{' '}
          <a href="/about/ranking">The whole formula, and every change to it</a>, is public. Nobody
          can pay for a place.
        </p>
        <h2>How papers are tagged</h2>
        <p>
          By a <a href="/tags">vocabulary of tags</a>, each with a definition. A paper’s page shows
          the words in its title and abstract that a tag stands on. Where somebody stepped in, a{' '}
          <a href="/about/log">log</a> says what was done, and why.
        </p>
        <h2>Reading</h2>
        <p>
          <kbd>j</kbd> and <kbd>k</kbd> move from paper to paper, <kbd>o</kbd> opens one,{' '}
          <kbd>w</kbd> says why it ranks here, <kbd>/</kbd> goes to the search, and <kbd>?</kbd>{' '}
          lists the keys and turns them off. Theme and density of the lists are chosen at the foot
          of each page. Everything else works without JavaScript too.
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
