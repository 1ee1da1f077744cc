import assert from 'node:assert/strict';
import { planSetUpExport } from '../../../src/ui/page/set-up-export';
import { readTemplateStrings } from '../cloud/template-syntax';
import { serviceWith } from '../core/project-facts';
import { exported, exportedFiles, foundInAws, hostile } from './exported-set-ups';
import { pageModel } from './page-model';

describe('a set-up that exists, as Terraform', () => {
  for (const [name, text] of Object.entries(exportedFiles)) {
    it(`keeps every value in one string, however hostile: ${name}`, () => {
      assert.ok(readTemplateStrings('terraform', text()).length > 5);
    });
  }

  it('spells the region in the resource as in the import, or Terraform would replace the service', () => {
    for (const region of ['US_EAST_1', 'us-gov-west-1']) {
      const text = exported(serviceWith('AWS', region, 1));
      const imported = /^ {2}id = "[0-9a-f]{24}-.+-AWS-([A-Z0-9_]+)"$/mu.exec(text)?.[1];
      const written = /^ {2}region +[=] "(.+)"$/mu.exec(text)?.[1];
      assert.ok(imported);
      assert.equal(written, imported);
    }
  });

  it('imports an interface endpoint that was found and lets Atlas’s registration follow it; not one of others', () => {
    const text = exportedFiles['AWS, with what is in the account']?.() ?? '';
    assert.match(text, /to = aws_vpc_endpoint\.endpoint_1\n {2}id = "endpoint-0"/u);
    assert.match(text, /endpoint_service_id = aws_vpc_endpoint\.endpoint_1\.id/u);
    assert.match(text, /endpoint_service_id = "endpoint-1"/u);
    assert.ok(readTemplateStrings('terraform', text).includes(hostile));
    const foreign = exported(serviceWith('AWS', 'US_EAST_1', 1), [], [{ ...foundInAws, id: 'vpce-foreign' }]);
    assert.doesNotMatch(foreign, /aws_vpc_endpoint|provider "aws"/u);
  });

  it('leaves out an endpoint whose address is not known', () => {
    const text = exported(serviceWith('AZURE', 'US_EAST_2', 1));
    assert.doesNotMatch(text, /mongodbatlas_privatelink_endpoint_service/u);
  });

  it('is nothing before there is a service', () => {
    const subject = { kind: 'service', provider: 'AWS', region: 'US_EAST_1', known: [] } as const;
    assert.equal(planSetUpExport(pageModel({}, subject)), undefined);
  });
});
