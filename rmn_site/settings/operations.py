"""Kinds of long work and of wake-ups by dotted path, so that lower floors need not import higher ones."""

OPERATION_KINDS = {
    "harmonize": {"handler": "harmonization.services.import_runs.perform_import", "queue": "harmonize"},
    "source": {"handler": "harmonization.services.source_runs.perform_source_run", "queue": "harmonize"},
    "load_dimension": {
        "handler": "harmonization.services.dimension_imports.perform_dimension_import",
        "queue": "harmonize",
    },
    "watch": {"handler": "harmonization.services.watching.perform_watching", "queue": "harmonize"},
    "try_mapping": {"handler": "harmonization.services.mapping_trials.perform_trial", "queue": "harmonize"},
    "crosswalk": {"handler": "harmonization.services.crosswalk.perform_crosswalk", "queue": "harmonize"},
    "plan": {"handler": "campaigns.services.planning.perform_planning", "queue": "optimize"},
    "design_experiment": {"handler": "campaigns.services.experiment_designing.perform_design", "queue": "optimize"},
    "index_knowledge": {"handler": "agents.services.knowledge.perform_indexing", "queue": "optimize"},
    "study_uplift": {"handler": "campaigns.services.uplift.perform_uplift", "queue": "optimize"},
    "propose_reallocation": {
        "handler": "campaigns.services.reallocations.perform_reallocation",
        "queue": "optimize",
    },
    "read_experiment": {"handler": "campaigns.services.experiment_reading.perform_readout", "queue": "optimize"},
    "train": {"handler": "training.services.training.perform_training", "queue": "train"},
    "evaluate_adapter": {"handler": "training.services.evaluating.perform_evaluation", "queue": "train"},
}
# what is woken at its time: each kind's waker by dotted path; it answers with the next time, or None
WAKE_UP_KINDS = {
    "operation": "tenants.services.operation_runs.resume_operation",
    "watch_sources": "harmonization.services.anomalies.watch_every_source",
    "source": "harmonization.services.source_runs.start_due_run",
    "reallocate": "campaigns.services.daily_reallocations.wake_reallocation",
}
