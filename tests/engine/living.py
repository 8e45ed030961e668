"""How a machine lives random lives, few of them or many."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test


def live(machine: type[RuleBasedStateMachine], *, examples: int, steps: int, shrinks: bool) -> None:
    """So many lives of so many steps at most.

    Where making a life shorter takes longer than everything else, it does not shrink:
    whoever looks into one adds it.
    """
    phases = [Phase.explicit, Phase.reuse, Phase.generate, *[Phase.shrink] * shrinks]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            phases=phases,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
