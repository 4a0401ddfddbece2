import { dashboard } from '../metrics/dashboard';
import { rulesFile } from '../metrics/rules';
import { type Command, UsageError } from './command';

export const command: Command = {
  name: 'metrics',
  usage: ['metrics dashboard > broadsheet.json', 'metrics rules > broadsheet.rules.yml'],
  summary: 'print a dashboard for Grafana, or alert rules for Prometheus',
  async run([what, ...rest], { print }) {
    if (rest.length > 0 || (what !== 'dashboard' && what !== 'rules')) {
      throw new UsageError('Say "metrics dashboard" or "metrics rules".');
    }
    print(what === 'rules' ? rulesFile() : JSON.stringify(dashboard(), null, 2));
    return 0;
  },
};
