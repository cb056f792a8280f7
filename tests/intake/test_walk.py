import pytest
from datetime import datetime, UTC
from tests.intake.harbour import Harbour
from watchword.intake import services, selectors, envelopes
pytestmark = pytest.mark.django_db
def test_walk(harbour):
    now=datetime.now(UTC)
    key=services.new_key()
    v=services.begin(key=key,answers={"adult":"yes"},language="uk",ticket=services.issue("contact",now.date()),now=now)
    print(v)
    v=services.confirm(visit=v,now=now)
    for s in envelopes.profile().questionnaire.sections:
        services.seal_section(visit=v,section=s,answers={},language="uk")
    f=services.IncomingFile(visit=v,compartment="evidence",name="a.pdf")
    f.write(b"%PDF-"+b"x"*1000000); f.finish()
    services.send(visit=v,language="uk",ticket=services.issue("send",now.date()),now=now)
    [p]=services.ready_parcels()
    for e in p.entries:
        data=b"".join(selectors.entry_chunks(e.uid))
        assert len(data)==e.size
        role=sorted(harbour.profile.compartments[e.compartment].readers)[0]
        print(e.kind, harbour.open(data,role,p.case,e.compartment,e.revision)[:80])
    services.acknowledge(uids=[p.uid],today=now.date())
