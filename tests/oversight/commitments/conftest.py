from tests.oversight.recommendations.conftest import partner_of as partner_of
from tests.oversight.recommendations.conftest import scene as scene
