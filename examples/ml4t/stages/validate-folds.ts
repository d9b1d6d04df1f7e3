import { ValidateFolds } from '@millrace/quant';
import type { ItemOf, MappedStageScope } from 'millrace';
import { rehearse } from '../src/rehearsal/rehearse.ts';

/** Quant's stage, which a person can have wait before a fold: to kill it there. */
export default class ValidateEachFold extends ValidateFolds {
  override async runItem(
    fold: ItemOf<typeof ValidateFolds>,
    scope: MappedStageScope<typeof ValidateFolds>,
  ) {
    scope.logger.info('fold begins', { fold: fold.fold + 1 });
    await rehearse(fold.fold + 1, scope);
    return super.runItem(fold, scope);
  }
}
