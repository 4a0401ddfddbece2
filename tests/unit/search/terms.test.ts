import { describe, expect, it } from 'vitest';
import { searchDocument } from '@/lib/search/index/document';
import { ACRONYMS } from '@/lib/search/text/acronyms';
import { numberedName, terms } from '@/lib/search/text/terms';

const stems = (text: string) => terms(text).map((term) => term.stem);

describe('terms', () => {
  it.each([
    ['pre-training', 'pretraining', 'pre training', 'Pre‑training', 'pre–training'],
    ['fine-tuning', 'finetuning', 'fine tuning', 'Fine-Tuning'],
    ['multi-modal', 'multimodal', 'multi modal'],
    ['few-shot', 'few shot', 'fewshot'],
    ['data sets', 'datasets', 'data-sets', 'dataset'],
    ['trade-off', 'tradeoff', 'trade offs'],
    ['non-autoregressive', 'nonautoregressive', 'non auto-regressive'],
    ['GPT-4', 'GPT4', 'gpt‑4'],
    ['Poincaré', 'Poincare', "Poincar\\'e", "Poincar\\'{e}", "Poincar{\\'e}"],
    ['Schrödinger', 'Schrodinger', 'Schr\\"odinger', 'Schr{\\"o}dinger'],
    ['α-divergence', 'alpha-divergence', '$\\alpha$-divergence', 'Alpha divergence'],
    ['TGF-β', 'TGFβ', 'TGF beta'],
    ['matrices', 'matrix'],
    ['analyses', 'analysis'],
    ['hypotheses', 'hypothesis'],
    ['LLMs', 'LLM'],
    ['GANs', 'GAN'],
    ['optimisation', 'optimization'],
    ['modelling', 'modeling', 'models'],
    ['ﬁne-tuning', 'fine-tuning'],
    ['1,000 genomes', '1000 genomes'],
    ['the model’s', 'models'],
    ['tf-idf', 'tfidf'],
    ['k-means', 'kmeans', 'k means'],
    ['self-supervised', 'selfsupervised', 'self supervised'],
    ['e-mail', 'email'],
    ['3D', '3-D'],
    ['fibre', 'fiber', 'fibres'],
    ['centred', 'centered'],
    ['defence', 'defense'],
    ['catalogue', 'catalog'],
    ['grey', 'gray'],
    ['GPs', 'GP'],
    ['transformer', 'transformers'],
    ['tokenization', 'tokenizers', 'tokenisation', 'tokenized'],
  ])('gives %s and its other spellings one form', (first, ...others) => {
    for (const other of others) expect(stems(other), other).toEqual(stems(first));
  });

  it('takes no word and the beginning of another for a compound', () => {
    expect(stems('each layer we train')).toEqual(['layer', 'train']);
    expect(stems('on data sets')).toEqual(['dataset']);
    expect(stems('data settles')).toEqual(['data', 'settl']);
  });

  it.each(['pre ', 'non-', 're-', 'self', 'x-1-', 'data set'])(
    'makes no endless word of %s',
    (part) => {
      for (const { word } of terms(`${part.repeat(5_000)}training`)) {
        expect(word.length).toBeLessThanOrEqual(64);
      }
    },
  );

  it('indexes a written-out expansion under its acronym too', () => {
    expect(stems('parameter-efficient fine-tuning')).toContain('peft');
    expect(stems('Large language models')).toContain('llm');
    expect(stems('chain of thought')).toContain('cot');
    expect(stems('language model large')).not.toContain('llm');
  });

  it.each([
    ['transformers', 'transform'],
    ['tokenization', 'tokens'],
  ])('keeps %s apart from %s', (first, second) => {
    expect(stems(first)).not.toEqual(stems(second));
  });

  it('takes no part of an expansion for its acronym', () => {
    expect(stems('out of distribution')).toContain('ood');
    expect(stems('out-of-distribution detection')).toContain('ood');
    for (const text of ['distributed training', 'out the distribution', 'of distribution']) {
      expect(stems(text)).not.toContain('ood');
    }
    expect(stems('a vocabulary of words')).not.toContain('oov');
    expect(stems('the state in an art')).not.toContain('sota');
    const [, whole] = terms('far out of vocabulary').filter((term) => term.stem !== 'far');
    expect(whole).toMatchObject({ implied: 'acronym', start: 4, end: 21 });
  });

  it.each(Object.entries(ACRONYMS))(
    'indexes %s for its whole expansion and no less',
    (acronym, of) => {
      expect(stems(of)).toContain(stems(acronym)[0]);
      expect(of.split(/[\s-]+/).length).toBeGreaterThan(1);
      for (const word of of.split(/[\s-]+/)) expect(stems(word)).not.toContain(acronym);
    },
  );

  it('reads a name with a number alike, whether typed as one word or as two', () => {
    for (const text of ['Llama-3', 'Llama 3', 'llama3']) {
      const [first, next] = terms(text).filter((term) => !term.implied);
      expect(numberedName(first!, next), text).toEqual({
        joint: 'llama3',
        name: 'llama',
        number: '3',
      });
    }
    for (const text of ['YOLO-v8', 'YOLO v8', 'YOLOv8']) {
      const [first, next] = terms(text).filter((term) => !term.implied);
      expect(numberedName(first!, next)?.joint, text).toBe('yolov8');
    }
    for (const text of ['llama', 'llama models 3', '3', '3d', 'x2']) {
      const [first, next] = terms(text).filter((term) => !term.implied);
      expect(numberedName(first!, next), text).toBeNull();
    }
  });

  it('indexes a word joined with a number under the word alone too', () => {
    expect(stems('COVID-19')).toEqual(['covid19', 'covid']);
    expect(stems('ResNet50')).toEqual(['resnet50', 'resnet']);
    expect(stems('YOLOv5')).toEqual(['yolov5', 'yolo']);
  });

  it('keeps the s of acronyms that end in one', () => {
    expect(stems('GPS CPS TTS dns sms https')).toEqual([
      'gps',
      'cps',
      'tts',
      'dns',
      'sms',
      'https',
    ]);
  });

  it('keeps the place of common words, so that phrases mean what they say', () => {
    const [first, second] = terms('state of the art').filter((term) => !term.implied);
    expect(second!.position - first!.position).toBe(3);
  });

  it('knows no markup: commands and braces of TeX are no words', () => {
    expect(stems('$\\mathcal{O}(n^2)$ \\textbf{bold}')).toEqual(['o', 'n', '2', 'bold']);
  });

  it('gives letters and digits only, whatever it is fed', () => {
    const odd = [
      "'",
      "''",
      '\\',
      ':',
      '\0',
      '\ud800',
      '💥',
      'a\u0301',
      '--',
      '‮',
      'ß',
      'İ',
      '٣',
      'constructor __proto__',
    ];
    for (const a of odd)
      for (const b of odd)
        for (const stem of stems(`${a}x${b} ${b}${a}`)) expect(stem).toMatch(/^[\p{L}\p{N}]+$/u);
  });
});

describe('searchDocument', () => {
  it('counts the title twice and keeps each author together', () => {
    const document = searchDocument({
      title: 'LoRA adapters',
      abstract: 'We adapt.',
      authors: ['Edward J. Hu', 'Yelong Shen'],
      categories: ['cs.CL'],
      codeUrl: null,
      filedAt: new Date(0),
    });
    expect(document.ranked).toBe('lora adapt\nlora adapt\nadapt');
    expect(document.length).toBe(5);
    expect(document.tsvector).toContain("'a:edward':1");
    expect(document.tsvector).toContain("'a:hu':1");
    expect(document.tsvector).toContain("'a:shen':2");
    expect(document.tsvector).toContain("'c:cs.cl':1 'c:cs':1");
    expect(document.tsvector).not.toContain('h:code');
  });
});
