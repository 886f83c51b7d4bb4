from ._rawi import ENGINE as ENGINE
